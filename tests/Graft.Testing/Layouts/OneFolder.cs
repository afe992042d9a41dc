namespace Graft.Testing.Layouts;

/// <summary>
/// Several Dockerfiles in one folder, as in kubeflow/pipelines: <c>backend/Dockerfile</c> and its siblings <c>Dockerfile.NAME</c> copy from the root, some
/// of them everything and some a few folders; a frontend names its own folder by WORKDIR only.
/// </summary>
public static class OneFolder
{
    /// <summary>The layout, made anew.</summary>
    public static PublicLayout Create() => new PublicLayout("kubeflow", "pipelines")
        .With(
            "backend/Dockerfile",
            """
            FROM golang:1.25 AS builder
            WORKDIR /go/src/github.com/kubeflow/pipelines
            COPY ./go.mod ./go.sum ./
            COPY backend/src backend/src
            COPY backend/api backend/api
            RUN go build -o /bin/apiserver ./backend/src/apiserver/...

            FROM python:3.14 AS compiler
            COPY sdk sdk
            WORKDIR /samples
            COPY ./samples .

            FROM debian:stable
            COPY third_party/license.txt /bin/license.txt
            COPY --from=builder /bin/apiserver /bin/apiserver
            COPY backend/src/apiserver/config/ /config
            COPY --from=compiler /samples/ /samples/
            """)
        .With("backend/Dockerfile.cacheserver", Go("backend/src/cache/*.go", "COPY ./hack/install-go-licenses.sh ./hack/\nRUN ./hack/install-go-licenses.sh\n"))
        .With("backend/Dockerfile.driver", Go("./backend/src/driver/*.go", ""))
        .With(
            "backend/Dockerfile.scheduledworkflow",
            "ARG SOURCE_CODE=.\nFROM golang:1.25 AS builder\nARG SOURCE_CODE\nCOPY ${SOURCE_CODE}/go.mod ./\nCOPY ${SOURCE_CODE}/go.sum ./\nCOPY ${SOURCE_CODE}/backend/src/crd ./backend/src/crd\nRUN go build -o /bin/controller backend/src/crd/controller/scheduledworkflow/*.go\nFROM alpine\nCOPY --from=builder /bin/controller /bin/controller\n")
        .With("backend/Dockerfile.visualization", "ARG TENSORFLOW_BASE=tensorflow/tensorflow:2.16.1\nFROM $TENSORFLOW_BASE\nWORKDIR /src\nCOPY backend/src/apiserver/visualization/requirements.txt /src\nRUN pip3 install -r requirements.txt\nCOPY backend/src/apiserver/visualization /src\n")
        .With("backend/metadata_writer/Dockerfile", "FROM python:3.14-slim\nCOPY backend/metadata_writer/requirements.txt /kfp/metadata_writer/\nCOPY backend/metadata_writer/src/* /kfp/metadata_writer/\n")
        .WithFiles("backend/metadata_writer/requirements.txt", "backend/metadata_writer/src/metadata_writer.py", "backend/metadata_writer/README.md")
        .WithFiles("backend/src/apiserver/main.go", "backend/src/apiserver/config/config.json", "backend/src/apiserver/visualization/requirements.txt", "backend/src/apiserver/visualization/server.py")
        .WithFiles("backend/src/cache/main.go", "backend/src/driver/main.go", "backend/src/crd/controller/scheduledworkflow/main.go", "backend/api/run.proto", "backend/build/stale")
        .With("frontend/Dockerfile", "FROM node:22 AS build\nARG COMMIT_HASH\nWORKDIR ./src\nCOPY . .\nWORKDIR ./frontend\nRUN npm ci && npm run build\nFROM node:22-alpine\nCOPY --from=build ./src/frontend/server /server\nCOPY --from=build ./src/frontend/build /client\n")
        .WithFiles("frontend/package.json", "frontend/server/app.ts", "frontend/src/index.tsx")
        .With("test/kfp-functional-test/Dockerfile", "FROM python:3.14-slim\nCOPY requirements.txt .\n")
        .WithFiles("test/kfp-functional-test/requirements.txt")
        .With(".dockerignore", ".git\nbower_components\ndist\n**/node_modules\nbackend/build\n")
        .WithFiles("go.mod", "go.sum", "hack/install-go-licenses.sh", "sdk/python/setup.py", "samples/core/loop.py", "third_party/license.txt", "manifests/kustomize/base.yaml");

    private static string Go(string package, string tools) =>
        $"FROM golang:1.25 AS builder\nWORKDIR /go/src/github.com/kubeflow/pipelines\nCOPY ./go.mod ./\nCOPY ./go.sum ./\n{tools}RUN go mod download\nCOPY . .\nRUN go build -o /bin/program {package}\nFROM alpine\nCOPY --from=builder /bin/program /bin/program\n";
}
