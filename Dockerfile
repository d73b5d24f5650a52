# Two stages: the first has pip and uv, the second only what runs. Every package is checked against its hash.
# The base by its digest; deploy/pin-images writes the newest one here and into compose.yaml.
ARG PYTHON_IMAGE=python:3.13-slim@sha256:9662417aace5ae7b8e2609cce472b72a8958e134ba372808abe9cc1a0c0125e6
FROM ${PYTHON_IMAGE} AS build

# Built twice it is the same: what is compiled names the text's hash and not its time, and one process compiles it
# file by file (of uv's, each file's bytes depend on what the same one compiled before). The times of the files
# themselves are the builder's to set (docs/releasing.md).
ARG SOURCE_DATE_EPOCH=315532800
ENV UV_PYTHON_DOWNLOADS=never \
    UV_LINK_MODE=copy
WORKDIR /src

# The packages change seldom: this layer is kept while only the program changes.
COPY requirements/uv.txt requirements/agents.txt requirements/
RUN python -m pip install --no-cache-dir --root-user-action=ignore --require-hashes -r requirements/uv.txt \
    && uv venv --no-project --python python3 /app/.venv \
    && uv pip sync --python /app/.venv/bin/python --require-hashes requirements/agents.txt

# The backend that builds the wheel is part of uv itself, so nothing is fetched here.
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY cogs cogs
COPY storage storage
# What uv notes for its cache is the time of this build, and of no use here.
RUN uv pip install --offline --no-deps --python /app/.venv/bin/python . \
    && /app/.venv/bin/python -m compileall -q --invalidation-mode unchecked-hash /app/.venv/lib \
    && cd /app/.venv/lib/python3*/site-packages/fanvue_discord_bridge-*.dist-info \
    && rm uv_cache.json && sed -i '/uv_cache\.json/d' RECORD


FROM ${PYTHON_IMAGE}

# The same path as in the first stage, so that the scripts' first lines are right.
COPY --from=build /app/.venv /app/.venv
# By hand: useradd writes the day into /etc/shadow.
RUN echo 'bridge:x:10001:' >>/etc/group \
    && echo 'bridge:x:10001:10001::/nonexistent:/usr/sbin/nologin' >>/etc/passwd \
    && install -d -o 10001 -g 10001 -m 0700 /data

# Health and metrics stay on the container's own loopback; set ADMIN_LISTEN to let a scraper in.
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=sqlite:////data/bridge.sqlite3 \
    STATE_DIR=/data \
    LISTEN=0.0.0.0:8080

USER 10001:10001
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["fanvue-bridge", "health"]
ENTRYPOINT ["fanvue-bridge"]
CMD ["run"]
