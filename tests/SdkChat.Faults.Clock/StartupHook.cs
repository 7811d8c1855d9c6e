/// <summary>
/// Run by the runtime before the service's own entry point (<c>DOTNET_STARTUP_HOOKS</c>): its being loaded is all there is to it.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        // From here on the host finds this assembly by its name (ASPNETCORE_HOSTINGSTARTUPASSEMBLIES).
    }
}
