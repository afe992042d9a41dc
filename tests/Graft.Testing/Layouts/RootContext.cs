namespace Graft.Testing.Layouts;

/// <summary>
/// One root context, as in grafana/loki: a Go monorepo whose Dockerfiles stand beside what they build and copy the whole repository, most of them
/// naming nothing else; an operator with a module and a context of its own.
/// </summary>
public static class RootContext
{
    /// <summary>The layout, made anew.</summary>
    public static PublicLayout Create() => new PublicLayout("grafana", "loki")
        .With(
            "cmd/loki/Dockerfile",
            """
            ARG GO_VERSION=1.25
            ARG IMAGE_TAG
            FROM node:24-alpine AS ui-builder
            COPY . /src/loki
            WORKDIR /src/loki
            RUN make -C pkg/ui/frontend build

            FROM golang:${GO_VERSION} AS build
            ARG IMAGE_TAG
            COPY . /src/loki
            COPY --from=ui-builder /src/loki/pkg/ui/frontend/dist /src/loki/pkg/ui/frontend/dist
            WORKDIR /src/loki
            RUN make clean && make BUILD_IN_CONTAINER=false IMAGE_TAG=${IMAGE_TAG} loki

            FROM gcr.io/distroless/static:debug
            COPY --from=build /src/loki/cmd/loki/loki /usr/bin/loki
            COPY cmd/loki/loki-docker-config.yaml /etc/loki/local-config.yaml
            """)
        .WithFiles("cmd/loki/main.go", "cmd/loki/loki-docker-config.yaml")
        .With("cmd/logcli/Dockerfile", Built("make clean && make BUILD_IN_CONTAINER=false logcli", "cmd/logcli/logcli"))
        .WithFiles("cmd/logcli/main.go", "cmd/logcli/output.go")
        .With("cmd/loki-canary/Dockerfile", Built("make clean && make BUILD_IN_CONTAINER=false loki-canary", "cmd/loki-canary/loki-canary"))
        .WithFiles("cmd/loki-canary/main.go")
        .With("cmd/logql-analyzer/Dockerfile", Built("make clean && CGO_ENABLED=0 go build ./cmd/logql-analyzer/", "logql-analyzer"))
        .WithFiles("cmd/logql-analyzer/main.go")
        .With("clients/cmd/promtail/Dockerfile", Built("make clean && make BUILD_IN_CONTAINER=false promtail", "clients/cmd/promtail/promtail") + "COPY clients/cmd/promtail/promtail-docker-config.yaml /etc/promtail/config.yml\n")
        .WithFiles("clients/cmd/promtail/main.go", "clients/cmd/promtail/promtail-docker-config.yaml")
        .With("production/helm/loki/src/helm-test/Dockerfile", Built("make clean && make BUILD_IN_CONTAINER=false helm-test", "production/helm/loki/src/helm-test/helm-test"))
        .WithFiles("production/helm/loki/src/helm-test/main.go", "production/docker/.data/chunk")
        .With("tools/lambda-promtail/Dockerfile", "FROM golang:1.25-alpine AS build-image\nCOPY tools/lambda-promtail /src/lambda-promtail\nWORKDIR /src/lambda-promtail\nRUN go mod download && go build -o ./main lambda-promtail/*.go\nFROM alpine:3.22\nCOPY --from=build-image /src/lambda-promtail/main ./\n")
        .WithFiles("tools/lambda-promtail/go.mod", "tools/lambda-promtail/lambda-promtail/main.go")
        .With(
            "operator/Dockerfile",
            """
            FROM golang:1.25 AS builder
            WORKDIR /workspace
            COPY api/ api/
            COPY go.mod go.mod
            COPY go.sum go.sum
            RUN go mod download
            COPY cmd/loki-operator/main.go cmd/loki-operator/main.go
            COPY internal/ internal/
            RUN go build -o manager cmd/loki-operator/main.go
            FROM gcr.io/distroless/static:nonroot
            COPY --from=builder /workspace/manager .
            """)
        .WithFiles("operator/go.mod", "operator/go.sum", "operator/api/loki.go", "operator/cmd/loki-operator/main.go", "operator/internal/handlers.go", "operator/config/manager.yaml")
        .With(".dockerignore", "production/docker/.data\n.cache\n")
        .WithFiles("go.mod", "go.sum", "Makefile", "pkg/logql/engine.go", "pkg/ui/frontend/package.json");

    private static string Built(string command, string program) =>
        $"FROM golang:1.25 AS build\nCOPY . /src/loki\nWORKDIR /src/loki\nRUN {command}\nFROM alpine:3.22\nRUN apk add --no-cache ca-certificates\nCOPY --from=build /src/loki/{program} /usr/bin/{program[(program.LastIndexOf('/') + 1)..]}\n";
}
