namespace Graft.Testing.Layouts;

/// <summary>
/// A compose file whose every value is a variable of the file beside it, as in open-telemetry/opentelemetry-demo: the Dockerfiles are named in
/// <c>.env</c>, all images are one repository told apart by tags, and the context is the root.
/// </summary>
public static class ComposeVariables
{
    /// <summary>The layout, made anew.</summary>
    public static PublicLayout Create() => new PublicLayout("open-telemetry", "opentelemetry-demo")
        .With(
            "docker-compose.yml",
            "services:\n"
            + Service("accounting", "ACCOUNTING_DOCKERFILE", "")
            + Service("ad", "AD_DOCKERFILE", "      args:\n        OTEL_JAVA_AGENT_VERSION: ${OTEL_JAVA_AGENT_VERSION}\n")
            + Service("cart", "CART_DOCKERFILE", "")
            + Service("checkout", "CHECKOUT_DOCKERFILE", "")
            + Service("fraud-detection", "FRAUD_DOCKERFILE", "      args:\n        OTEL_JAVA_AGENT_VERSION: ${OTEL_JAVA_AGENT_VERSION}\n")
            + Service("frontend", "FRONTEND_DOCKERFILE", "")
            + "  flagd:\n    image: ${FLAGD_IMAGE}\n    volumes:\n      - ./src/flagd:/etc/flagd\n")
        .With("docker-compose.minimal.yml", "services:\n" + Service("ad", "AD_DOCKERFILE", ""))
        .With(
            ".env",
            """
            # Demo App version
            IMAGE_VERSION=3.0.0
            IMAGE_NAME=ghcr.io/open-telemetry/demo
            DEMO_VERSION=latest

            # Build Args
            OTEL_JAVA_AGENT_VERSION=2.30.0
            FLAGD_IMAGE=ghcr.io/open-feature/flagd:v0.16.0
            ACCOUNTING_DOCKERFILE=./src/accounting/Dockerfile
            AD_PORT=9555
            AD_ADDR=ad:${AD_PORT}
            AD_DOCKERFILE=./src/ad/Dockerfile
            CART_DOCKERFILE=./src/cart/src/Dockerfile
            CHECKOUT_DOCKERFILE=./src/checkout/Dockerfile
            FRAUD_DOCKERFILE=./src/fraud-detection/Dockerfile
            FRONTEND_DOCKERFILE=./src/frontend/Dockerfile
            """)
        .With("src/accounting/Dockerfile", "FROM --platform=${BUILDPLATFORM} mcr.microsoft.com/dotnet/sdk:10.0 AS builder\nWORKDIR /src\nCOPY [\"/src/accounting/\", \"Accounting/\"]\nCOPY [\"/../pb/demo.proto\", \"Accounting/proto/\"]\nRUN dotnet publish\nFROM mcr.microsoft.com/dotnet/aspnet:10.0\nCOPY --from=builder /app/publish .\n")
        .WithFiles("src/accounting/Accounting.csproj", "src/accounting/Program.cs", "src/accounting/README.md")
        .With("src/ad/Dockerfile", Java("ad"))
        .WithFiles("src/ad/gradlew", "src/ad/settings.gradle", "src/ad/build.gradle", "src/ad/gradle/wrapper.properties", "src/ad/src/main/java/AdService.java")
        .With("src/cart/src/Dockerfile", "FROM mcr.microsoft.com/dotnet/sdk:10.0 AS builder\nCOPY ./src/cart/ .\nCOPY ./pb/ ./pb/\nRUN dotnet publish\nFROM mcr.microsoft.com/dotnet/runtime-deps:10.0\nCOPY --from=builder /cart .\n")
        .WithFiles("src/cart/cart.sln", "src/cart/src/cart.csproj", "src/cart/tests/CartTests.cs")
        .With("src/checkout/Dockerfile", "FROM golang:1.25 AS builder\nCOPY ./src/checkout/go.mod go.mod\nCOPY ./src/checkout/go.sum go.sum\nRUN go mod download\nCOPY ./src/checkout/genproto/oteldemo/ genproto/oteldemo/\nCOPY ./src/checkout/main.go main.go\nRUN go build -o checkout main.go\nFROM gcr.io/distroless/static-debian12:nonroot\nCOPY --from=builder /usr/src/app/checkout/ ./\n")
        .WithFiles("src/checkout/go.mod", "src/checkout/go.sum", "src/checkout/main.go", "src/checkout/genproto/oteldemo/demo.pb.go", "src/checkout/README.md")
        .With("src/fraud-detection/Dockerfile", Java("fraud-detection"))
        .WithFiles("src/fraud-detection/gradlew", "src/fraud-detection/settings.gradle", "src/fraud-detection/build.gradle", "src/fraud-detection/gradle/wrapper.properties", "src/fraud-detection/src/main.kt")
        .With("src/frontend/Dockerfile", "FROM node:22-alpine AS deps\nCOPY ./src/frontend/package*.json ./\nRUN npm ci\nFROM node:22-alpine AS builder\nCOPY --from=deps /app/node_modules ./node_modules\nCOPY ./pb ./pb\nCOPY ./src/frontend .\nRUN npm run build\nFROM node:22-alpine\nCOPY --from=builder /app/public ./public\n")
        .WithFiles("src/frontend/package.json", "src/frontend/package-lock.json", "src/frontend/pages/index.tsx", "src/frontend/README.md")
        .With(".dockerignore", ".github\ndocs\ninternal\nsrc/*/README.md\nsrc/*/Dockerfile\nsrc/*/*/Dockerfile\n")
        .WithFiles("pb/demo.proto", "src/flagd/demo.flagd.json", "src/grafana/dashboards.yaml", "internal/tools/go.mod", "kubernetes/demo.yaml");

    private static string Service(string name, string dockerfile, string args) =>
        $"  {name}:\n    image: ${{IMAGE_NAME}}:${{DEMO_VERSION}}-{name}\n    build:\n      context: ./\n      dockerfile: ${{{dockerfile}}}\n      cache_from:\n        - ${{IMAGE_NAME}}:${{IMAGE_VERSION}}-{name}\n{args}";

    private static string Java(string service) =>
        $"FROM --platform=${{BUILDPLATFORM}} eclipse-temurin:21-jdk AS builder\nARG OTEL_JAVA_AGENT_VERSION\nCOPY ./src/{service}/gradlew* ./src/{service}/settings.gradle* ./src/{service}/build.gradle ./\nCOPY ./src/{service}/gradle ./gradle\nRUN ./gradlew\nCOPY ./src/{service}/ ./\nCOPY ./pb/ ./proto\nADD --chmod=644 https://example.com/v$OTEL_JAVA_AGENT_VERSION/agent.jar /usr/src/app/agent.jar\nFROM eclipse-temurin:21-jre\nCOPY --from=builder /usr/src/app/ ./\n";
}
