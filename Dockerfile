# One container runs the whole product: `manage.py up` with the embedded stores, or, with DATABASE_URL
# and REDIS_URL given, one `manage.py serve_*` command per container.
FROM debian:bookworm-slim AS build
# Debian takes replaced versions away, so a pinned apt version would break the next build.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 python3-venv ca-certificates \
 && rm -rf /var/lib/apt/lists/*
COPY requirements.txt requirements-whisper.txt /build/
# A folder of wheels (a CPU build of torch, say) may be mounted and named here.
ARG PIP_FIND_LINKS=""
RUN python3 -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir -r /build/requirements.txt \
 && /opt/venv/bin/pip install --no-cache-dir --no-deps -r /build/requirements-whisper.txt

FROM debian:bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 ca-certificates tini libmagic1 flite espeak-ng \
    tesseract-ocr-osd tesseract-ocr-eng tesseract-ocr-deu tesseract-ocr-fra tesseract-ocr-spa \
    tesseract-ocr-ita tesseract-ocr-por tesseract-ocr-nld tesseract-ocr-pol tesseract-ocr-tur \
    tesseract-ocr-ara tesseract-ocr-rus tesseract-ocr-ukr \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --create-home edu \
 && mkdir /data && chown edu /data
COPY --from=build /opt/venv /opt/venv
COPY . /srv/edu
WORKDIR /srv/edu
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    EDU_DATA=/data \
    EDU_BIND=0.0.0.0 \
    EDU_LOG=stdout
VOLUME /data
EXPOSE 8000
USER 10001
HEALTHCHECK --interval=15s --timeout=10s --start-period=180s \
    CMD ["python3", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ.get('EDU_PORT', '8000') + '/readyz', timeout=8)"]
ENTRYPOINT ["tini", "--"]
CMD ["python3", "manage.py", "up"]
