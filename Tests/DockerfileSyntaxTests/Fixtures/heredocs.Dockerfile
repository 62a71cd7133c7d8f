FROM debian:12 AS files
COPY <<index.html <<-'robots.txt' /srv/
<p>$TITLE</p>
index.html
	User-agent: *
	robots.txt
RUN <<'SCRIPT'
#!/bin/bash
set -e
for name in one two; do
  echo "$name" >> /names   # RUN is no instruction here
done
SCRIPT
RUN cat <<A | sort > /sorted && cat << "B C" >> /sorted
two
one
A
three
B C
ONBUILD RUN <<EOF
echo late
EOF
RUN python3 <<EOF
print("not a shell text for us")
EOF
