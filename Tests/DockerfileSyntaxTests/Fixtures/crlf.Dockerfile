FROM alpine
# a comment
RUN echo one \
  && echo two
COPY <<EOF /x
body
EOF
CMD ["a", "b"]
