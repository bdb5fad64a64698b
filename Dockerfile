# The bot in a container: docker build -t usher . && docker run --env-file .env usher
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app

COPY requirements.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

COPY pyproject.toml README.md ./
COPY bot bot
COPY handlers handlers
COPY scheduler scheduler
COPY services services
COPY templates templates
COPY models models
COPY migrations migrations
COPY policies policies
RUN pip install --no-cache-dir setuptools \
    && sed -i 's/, "sandbox"//' pyproject.toml \
    && pip install --no-cache-dir --no-deps --no-build-isolation --editable . \
    && useradd --create-home usher \
    && mkdir /data && chown usher /data

USER usher
WORKDIR /data
VOLUME /data
ENV DATABASE_URL=sqlite:////data/usher.db
EXPOSE 3000
STOPSIGNAL SIGTERM
ENTRYPOINT ["usher"]
CMD ["run"]
