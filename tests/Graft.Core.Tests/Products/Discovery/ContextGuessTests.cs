namespace Graft.Core.Tests.Products.Discovery;

public sealed class ContextGuessTests
{
    [Theory]
    [InlineData("COPY a.txt /", "own")]
    [InlineData("COPY lib /", "svc")]
    [InlineData("COPY top.txt lib /", "svc")]
    [InlineData("COPY svc/lib/x /", ".")]
    [InlineData("COPY . /\nCOPY top.txt a.txt /", "own")]
    [InlineData("ADD l*b/[xy] /", "svc")]
    [InlineData("ARG D=lib\nCOPY $D /", "svc")]
    [InlineData("ENV D=svc\nCOPY ${D}/lib /", ".")]
    [InlineData("COPY $NOWHERE /\nCOPY --from=other lib /\nADD https://example.com/lib /", "own")]
    [InlineData("RUN --mount=type=bind,source=lib,target=/l ls", "svc")]
    [InlineData("RUN --mount=type=cache,target=/l --mount=type=bind,from=other,source=lib,target=/m ls", "own")]
    [InlineData("COPY lib built /", "svc")]
    [InlineData("COPY built /", "own")]
    [InlineData("COPY <<END /\nlib\nEND", "own")]
    [InlineData("COPY ../lib /", "svc")]
    public void Chooses_the_nearest_context_that_has_what_is_copied(string lines, string context)
    {
        var layout = new Layout("p").With("svc/own/Dockerfile", $"FROM x AS other\nFROM x\n{lines}\n").WithFiles("svc/own/a.txt", "svc/own/main.c", "svc/lib/x", "svc/top.txt", "svc/own/top.txt");
        Assert.Equal(context == "own" ? "svc/own" : context, Assert.Single(layout.Sources()).Context);
    }

    [Theory]
    // A Go module of many programs, each with its Dockerfile beside it: `svc/own` has a copy of everything that a COPY could name.
    [InlineData("COPY . /src\nWORKDIR /src\nRUN go build ./svc/own/...", ".")]
    [InlineData("COPY . /src\nRUN cd /src && go build -o /bin/own ./svc/own", ".")]
    [InlineData("WORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o bin/own .", ".")]
    [InlineData("WORKDIR /src\nCOPY . .\nRUN apk add make && \\\n  make own", ".")]
    [InlineData("WORKDIR /src\nCOPY ./ ./\nRUN make -C svc all", ".")]
    [InlineData("COPY . /src\nWORKDIR /src/svc/own", ".")]
    [InlineData("WORKDIR ./src\nCOPY . .\nWORKDIR ./svc", ".")]
    [InlineData("RUN --mount=type=bind,target=/src cd /src && ./svc/own/build.sh", ".")]
    [InlineData("RUN --mount=target=/src,rw <<END\nset -e\ncd /src\nsh svc/own/build.sh\nEND", ".")]
    [InlineData("COPY . /src\nFROM x\nCOPY --from=build /src/svc/own/bin/own /", ".")]
    [InlineData("COPY . /src\nFROM build AS more\nFROM x\nCOPY --from=1 /src/svc/own/own /", ".")]
    [InlineData("COPY . /src\nCOPY svc/own/gone.conf /", ".")]
    [InlineData("WORKDIR /src\nCOPY . .\nRUN make clean && go build ./svc/own\nFROM x\nCOPY --from=build /src/own /", ".")]
    [InlineData("COPY . /src\nWORKDIR /src\nRUN ./build.sh && cargo build", "svc/own")]
    // Both have it, or nobody does, or each has something: the nearest.
    [InlineData("COPY . /src\nWORKDIR /src\nRUN cat a.txt ./a.txt", "svc/own")]
    [InlineData("COPY . /src\nRUN mkdir -p /src/docs && rm -rf /usr/lib/x ${X}/y", "svc/own")]
    [InlineData("COPY . /src\nWORKDIR /src\nRUN ./build.sh && go build .", "svc/own")]
    [InlineData("COPY . /src\nWORKDIR /src\nRUN git clone https://example.com/x && cd x && make", "svc/own")]
    [InlineData("COPY . .\nRUN ls /docs/x", "svc/own")]
    [InlineData("COPY . $WHERE\nWORKDIR $WHERE\nRUN make", "svc/own")]
    [InlineData("RUN make", "svc/own")]
    public void Chooses_the_context_in_which_what_is_used_is_there(string lines, string context)
    {
        var layout = new Layout("p").With("svc/own/Dockerfile", $"FROM x AS build\n{lines}\n").With("go.mod", "").With("Makefile", "").With("a.txt", "").With("docs/x", "")
            .With("svc/own/build.sh", "").With("svc/own/a.txt", "").With("svc/own/main.go", "").With("svc/own/Cargo.toml", "").With("svc/other/main.go", "");
        Assert.Equal(context, Assert.Single(layout.Sources()).Context);
    }

    [Fact]
    public void Looks_further_up_where_a_folder_has_nothing_but_dockerfiles()
    {
        var layout = new Layout("p").With("app/docker/Dockerfile", "FROM x\nCOPY . .\n").WithFiles("app/docker/Dockerfile.dockerignore", "app/docker/entry.sh", "app/main.py", "README.md");
        Assert.Equal("app", Assert.Single(layout.Sources()).Context);
    }

    [Theory]
    [InlineData("docker", "run.sh", ".")]
    [InlineData("deploy/api", "nginx.conf", ".")]
    [InlineData("cron", "run.sh", "cron")]
    [InlineData("images/cron", "run.sh", "images/cron")]
    [InlineData("proxy", "nginx.conf", "proxy")]
    [InlineData("api", "README.md", ".")]
    [InlineData("api", ".dockerignore", ".")]
    public void Takes_scripts_for_what_an_image_is_for_unless_the_folder_is_about_building(string folder, string beside, string context)
    {
        var layout = new Layout("p").With($"{folder}/Dockerfile", "FROM x\nCOPY . .\n").WithFiles($"{folder}/{beside}", "main.py");
        Assert.Equal(context, Assert.Single(layout.Sources()).Context);
        Assert.Equal(folder, Assert.Single(layout.With($"{folder}/Dockerfile", $"FROM x\nCOPY . /x\nRUN cat /x/{beside}\n").Sources()).Context);
    }

    [Theory]
    [InlineData("WORKDIR /src/shop\nRUN --mount=target=/src/shop make", ".")]
    [InlineData("WORKDIR /src/shop/relay\nRUN --mount=target=/src/shop make", ".")]
    [InlineData("WORKDIR /src/shop/images\nRUN --mount=target=/src/shop ls", ".")]
    [InlineData("COPY common.sh /\nRUN --mount=target=/src/shop cd /src/shop && make", "images")]
    [InlineData("RUN --mount=target=/src/shop ls", "images/relay")]
    [InlineData("RUN --mount=target=/src /src/only.sh", "images/only")]
    [InlineData("WORKDIR /src\nRUN --mount=target=/src make", ".", "images/bare")]
    public void Takes_no_folder_of_dockerfiles_for_a_context_where_the_root_does_as_well(string lines, string context, string? folder = null)
    {
        var layout = new Layout("shop").With($"{folder ?? (context == "images/only" ? context : "images/relay")}/Dockerfile", $"FROM x\n{lines}\n").WithFiles("images/only/only.sh").WithFiles("images/relay/config.yml", "images/relay/x.go", "images/Makefile", "images/common.sh", "Makefile", "relay/main.go");
        Assert.Equal(context, Assert.Single(layout.Sources()).Context);
    }
}
