# The bot in a container: docker build -t usher . && docker run --env-file .env -v usher:/data usher
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

COPY requirements.txt requirements-dev.txt ./
# Of the developers' packages only the one that installs Usher itself, at its locked version.
RUN sed -n '/^setuptools==/,/[^\\]$/p' requirements-dev.txt > /tmp/build.txt \
    && pip install --require-hashes -r requirements.txt \
    && pip install --require-hashes -r /tmp/build.txt \
    && rm /tmp/build.txt

COPY . .
RUN pip install --no-deps --no-build-isolation --editable . \
    && useradd --create-home --uid 10001 usher \
    && mkdir /data \
    && chown usher /data

USER usher
WORKDIR /data
VOLUME /data
ENV DATABASE_URL=sqlite:////data/usher.db PORT=3000
EXPOSE 3000
STOPSIGNAL SIGTERM
# Not /readyz: that is for alerts, a backlog in the database makes every bot unready.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', timeout=4)"]
ENTRYPOINT ["usher"]
CMD ["run"]
