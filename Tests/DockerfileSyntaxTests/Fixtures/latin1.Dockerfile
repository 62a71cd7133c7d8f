FROM alpine
LABEL author=Jörg ?=?
COPY --chown=jörg "ä b" /ü
RUN echo ä½ å¥½ Â  x
