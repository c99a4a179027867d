# The image holds the binary and the certificates of the public authorities, nothing else:
# no shell, no packages, no users but the number 65532.
FROM --platform=$BUILDPLATFORM golang:1.26 AS build
ARG TARGETOS
ARG TARGETARCH
ARG VERSION=dev
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -trimpath -ldflags "-s -w -X main.version=$VERSION" -o /out/andon ./cmd/andon

FROM scratch
ARG VERSION=dev
LABEL org.opencontainers.image.title="andon" \
      org.opencontainers.image.description="Stops the line of a Scrum team in Jira when the Product Owner says so" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION"
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/andon /andon
USER 65532:65532
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 CMD ["/andon", "healthcheck"]
ENTRYPOINT ["/andon"]
CMD ["serve"]
