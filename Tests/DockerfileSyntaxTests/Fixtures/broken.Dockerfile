FORM alpine
RUN && x
FROM
FROM a b c d
COPY --nope a
ENV A
ENV A=1 B
CMD ["a", 1]
CMD ["a",
HEALTHCHECK CMD
ONBUILD ONBUILD ONBUILD RUN [1]
RUN <<EOF
never ends \
