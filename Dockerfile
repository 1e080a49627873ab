# Harborwatch in a container: an archive on SQLite in the volume /data, or on
# PostgreSQL by its address, alone or with workers. See compose.yaml for all three.
FROM python:3.12-slim-bookworm AS build
WORKDIR /build
COPY pyproject.toml README.md LICENSE requirements.lock requirements.vectors.lock ./
COPY news news
COPY query query
COPY archive archive
COPY pipelines pipelines
COPY crawler crawler
COPY alerts alerts
COPY harborwatch harborwatch
# The lock's versions without its tools for development; a lock with hashes
# would ask for one of this folder too.
RUN python -m venv /opt/harborwatch \
    && sed -e '/^ *--hash/d' -e 's/ *\\$//' requirements.lock > versions.txt \
    && /opt/harborwatch/bin/pip install --no-cache-dir --constraint versions.txt ".[workers]" \
    && /opt/harborwatch/bin/pip install --no-cache-dir --no-deps --require-hashes --only-binary :all: \
        -r requirements.vectors.lock

FROM python:3.12-slim-bookworm
RUN useradd --uid 10001 --home-dir /data --create-home harborwatch
COPY --from=build /opt/harborwatch /opt/harborwatch
ENV PATH="/opt/harborwatch/bin:$PATH" HARBORWATCH_HOME=/data PYTHONUNBUFFERED=1
USER harborwatch
VOLUME /data
# The work in hand is finished first.
STOPSIGNAL SIGTERM
ENTRYPOINT ["harborwatch"]
CMD ["--log-json", "run"]
