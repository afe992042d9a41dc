using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Graft.Core.Tests.Releases;

/// <summary>
/// What other programs' YAML readers make of a manifest, as JSON. A value that they take for something else than a string becomes a JSON value of that
/// type. A reader that is not on the machine is a test that did not run.
/// </summary>
internal static class OtherReaders
{
    // Debian's Go libraries lie where Go looked for them before it had modules.
    private const string GoLibraries = "/usr/share/gocode";

    private const string GoProgram = """
        package main

        import (
            "encoding/json"
            "os"

            "gopkg.in/yaml.v3"
        )

        func main() {
            var value interface{}
            if err := yaml.NewDecoder(os.Stdin).Decode(&value); err != nil {
                panic(err)
            }
            if err := json.NewEncoder(os.Stdout).Encode(value); err != nil {
                panic(err)
            }
        }

        """;

    /// <summary>PyYAML's safe loader (YAML 1.1).</summary>
    public static JsonNode PyYaml(string text) =>
        Run("python3", ["-c", "import sys, json, yaml; print(json.dumps(yaml.safe_load(sys.stdin.buffer.read()), default=repr))"], text, "No module named", "python3-yaml");

    /// <summary>Go's gopkg.in/yaml.v3 (YAML 1.2 with what 1.1 calls a boolean or a number in places).</summary>
    public static JsonNode Go(string text)
    {
        var folder = Directory.CreateTempSubdirectory("graft-test-go-");
        try
        {
            var program = Path.Combine(folder.FullName, "main.go");
            File.WriteAllText(program, GoProgram);
            return Run("go", ["run", program], text, "cannot find package", "golang-go and golang-gopkg-yaml.v3-dev");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static JsonNode Run(string program, string[] arguments, string text, string missing, string packages)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GO111MODULE"] = "off";
        start.Environment["GOPATH"] = GoLibraries;
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not here (Debian: {packages})");
        }

        using (process)
        {
            process!.StandardInput.Write(text);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEnd();
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.SkipWhen(error.Contains(missing, StringComparison.Ordinal), $"{packages} is not here");
            Assert.True(process.ExitCode == 0, error);
            return JsonNode.Parse(output)!;
        }
    }
}
