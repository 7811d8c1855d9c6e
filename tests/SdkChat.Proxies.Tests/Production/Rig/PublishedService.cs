using System.Diagnostics;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production.Rig;

/// <summary>What <c>dotnet publish</c> makes, once for all tests of this process.</summary>
internal static class PublishedService
{
    private static readonly Lazy<string> Folder = new(Publish);

    /// <summary>A verb of the service in Production. Its output goes to a file.</summary>
    public static ProcessStartInfo Command(string log, params string[] verb)
    {
        // Through a shell only for the log; what runs in the end has the shell's number.
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" >>\"$0\" 2>&1", log, "dotnet", Path.Combine(Folder.Value, "SdkChat.Api.dll"), .. verb]);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment.Remove("ASPNETCORE_URLS");
        return start;
    }

    /// <summary>The test host ends without a last word, so the fixture that comes last removes it.</summary>
    public static void Remove()
    {
        if (Folder.IsValueCreated)
            Directory.Delete(Folder.Value, recursive: true);
    }

    private static string Publish()
    {
        var folder = Directory.CreateTempSubdirectory("sdkchat-published-").FullName;
        ExternalCommand.Run("dotnet", "publish", Repository.Path("src/SdkChat.Api"), "-c", "Release", "--no-build", "-o", folder);
        return folder;
    }
}
