# One image for web, worker, beat and the one-shot migration; docker-compose.yml says which command each runs.

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /venv
COPY requirements/base.txt /tmp/base.txt
RUN /venv/bin/pip install --require-hashes -r /tmp/base.txt
WORKDIR /app
COPY . .
# Settings of production, with values that only this step sees: nothing here connects or encrypts.
RUN RUAMBAN_MODE=production RUAMBAN_VAR=/tmp/build STATIC_ROOT=/app/static-collected \
    SECRET_KEY=only-while-the-image-is-built-and-never-after-that-moment \
    FIELD_KEYS=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    DATABASE_URL=postgres://build/none REDIS_URL=redis://build EMAIL_URL=smtp://build \
    ALLOWED_HOSTS=build.invalid PUBLIC_URL=https://build.invalid \
    sh -c '/venv/bin/python manage.py compile_catalogues && /venv/bin/python manage.py collectstatic --noinput --verbosity 0'

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin ruamban \
    && install -d -o ruamban -g ruamban -m 0700 /var/lib/ruamban
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    RUAMBAN_MODE=production RUAMBAN_VAR=/var/lib/ruamban STATIC_ROOT=/app/static-collected
WORKDIR /app
USER ruamban
VOLUME /var/lib/ruamban
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", \
     "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
