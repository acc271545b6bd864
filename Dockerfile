# The service has no authentication yet and listens on loopback addresses only, so a published
# port would reach nothing. Give the container the host's network:
#
#   docker build -t chequebook .
#   docker run --network host -v chequebook-data:/data chequebook

FROM swift:6.3-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends libsimdjson-dev libssl-dev libzstd-dev zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
# The manifest loads only when the folder of every target is there, those of the tests too.
COPY Package.swift ./
COPY Sources Sources
COPY Tests Tests
COPY scripts scripts
RUN swift build -c release --product chequebook --static-swift-stdlib \
    && install -D "$(swift build -c release --static-swift-stdlib --show-bin-path)/chequebook" /out/chequebook

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends libsimdjson14 libssl3 libstdc++6 libzstd1 tzdata zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home chequebook \
    && install -d -o chequebook -g chequebook /data
COPY --from=build /out/chequebook /usr/local/bin/chequebook
COPY LICENSE NOTICE /usr/share/doc/chequebook/
USER chequebook
VOLUME /data
ENTRYPOINT ["chequebook"]
CMD ["serve", "--host", "127.0.0.1", "--port", "8080", "--data", "/data"]
