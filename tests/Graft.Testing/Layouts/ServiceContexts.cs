namespace Graft.Testing.Layouts;

/// <summary>
/// One context per service, as in GoogleCloudPlatform/microservices-demo: each service's folder is its context, one has its sources a level down and a
/// second Dockerfile for debugging, and what the services share is copied into each by a script before it is committed.
/// </summary>
public static class ServiceContexts
{
    /// <summary>The layout, made anew.</summary>
    public static PublicLayout Create() => new PublicLayout("GoogleCloudPlatform", "microservices-demo")
        .With(
            "src/adservice/Dockerfile",
            """
            FROM eclipse-temurin:21 AS builder
            WORKDIR /app
            COPY ["build.gradle", "gradlew", "./"]
            COPY gradle gradle
            RUN ./gradlew downloadRepos
            COPY . .
            RUN ./gradlew installDist
            FROM eclipse-temurin:21-jre-alpine
            COPY --from=builder /app .
            """)
        .WithFiles("src/adservice/build.gradle", "src/adservice/gradlew", "src/adservice/gradle/wrapper/gradle-wrapper.properties", "src/adservice/src/main/java/AdService.java")
        .With(
            "src/cartservice/src/Dockerfile",
            """
            FROM mcr.microsoft.com/dotnet/sdk:10.0 AS builder
            WORKDIR /app
            COPY cartservice.csproj .
            RUN dotnet restore cartservice.csproj
            COPY . .
            RUN dotnet publish cartservice.csproj -o /cartservice
            FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-alpine
            COPY --from=builder /cartservice .
            """)
        .With("src/cartservice/src/Dockerfile.debug", "FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /app\nCOPY cartservice.csproj .\nCOPY . .\nRUN dotnet build\n")
        .With("src/cartservice/src/.dockerignore", "**/*.sh\n**/*.bat\n**/bin/\n**/obj/\nDockerfile*\n")
        .WithFiles("src/cartservice/src/cartservice.csproj", "src/cartservice/src/Program.cs", "src/cartservice/src/protos/Cart.proto", "src/cartservice/src/genproto.bat")
        .WithFiles("src/cartservice/tests/CartServiceTests.cs", "src/cartservice/cartservice.sln")
        .With("src/currencyservice/Dockerfile", "FROM node:22-alpine AS base\nFROM base AS builder\nCOPY package*.json ./\nRUN npm install\nFROM base\nCOPY --from=builder /usr/src/app/node_modules ./node_modules\nCOPY . .\n")
        .With("src/currencyservice/.dockerignore", "client.js\nnode_modules/\n")
        .WithFiles("src/currencyservice/package.json", "src/currencyservice/package-lock.json", "src/currencyservice/server.js", "src/currencyservice/client.js", "src/currencyservice/proto/demo.proto")
        .With("src/emailservice/Dockerfile", "FROM python:3.14-slim AS base\nFROM base AS builder\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nFROM base\nCOPY --from=builder /usr/lib /usr/lib\nCOPY . .\nENTRYPOINT [\"python\", \"email_server.py\"]\n")
        .WithFiles("src/emailservice/requirements.txt", "src/emailservice/email_server.py", "src/emailservice/templates/confirmation.html")
        .With("src/frontend/Dockerfile", "FROM golang:1.25-alpine AS builder\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN go build -o /go/bin/frontend .\nFROM scratch\nCOPY --from=builder /go/bin/frontend /src/server\nCOPY ./templates ./templates\nCOPY ./static ./static\n")
        .With("src/frontend/.dockerignore", "vendor/\n")
        .WithFiles("src/frontend/go.mod", "src/frontend/go.sum", "src/frontend/main.go", "src/frontend/genproto/demo.pb.go", "src/frontend/templates/home.html", "src/frontend/static/styles.css")
        .With("src/loadgenerator/Dockerfile", "FROM python:3.14-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n")
        .WithFiles("src/loadgenerator/requirements.txt", "src/loadgenerator/locustfile.py")
        .WithFiles("protos/demo.proto", "kubernetes-manifests/frontend.yaml", "helm-chart/values.yaml", "skaffold.yaml", "docs/deploying.md");
}
