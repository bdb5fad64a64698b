# The bot in a container: docker build -t usher . && docker run --env-file .env -v usher:/data usher
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app

COPY requirements.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt \
    && pip install --no-cache-dir --disable-pip-version-check "setuptools>=80"

COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation --editable . \
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
