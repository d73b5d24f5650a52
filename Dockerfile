# Two stages: the first has pip and uv, the second only what runs. Every package is checked against its hash.
# The base by its digest; deploy/pin-images writes the newest one here and into compose.yaml.
ARG PYTHON_IMAGE=python:3.13-slim@sha256:9662417aace5ae7b8e2609cce472b72a8958e134ba372808abe9cc1a0c0125e6
FROM ${PYTHON_IMAGE} AS build

ENV UV_PYTHON_DOWNLOADS=never \
    UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy
WORKDIR /src

# The packages change seldom: this layer is kept while only the program changes.
COPY requirements/uv.txt requirements/postgres.txt requirements/
RUN python -m pip install --no-cache-dir --root-user-action=ignore --require-hashes -r requirements/uv.txt \
    && uv venv --no-project --python python3 /app/.venv \
    && uv pip sync --python /app/.venv/bin/python --require-hashes requirements/postgres.txt

# The backend that builds the wheel is part of uv itself, so nothing is fetched here.
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY cogs cogs
COPY storage storage
RUN uv pip install --offline --no-deps --python /app/.venv/bin/python .


FROM ${PYTHON_IMAGE}

# The same path as in the first stage, so that the scripts' first lines are right.
COPY --from=build /app/.venv /app/.venv
RUN groupadd --gid 10001 bridge \
    && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin bridge \
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
