namespace Graft.EndToEnd.Tests.Builders;

/// <summary>What <c>/proc</c> says of processes.</summary>
internal static class ProcessFiles
{
    /// <summary>The text of a file of a process; nothing when the process is gone or somebody else's.</summary>
    public static string Read(int process, string name)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{name}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
