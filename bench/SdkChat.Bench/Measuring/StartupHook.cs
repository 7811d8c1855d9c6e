using SdkChat.Bench.Measuring;

/// <summary>What the runtime of a measured process calls first (DOTNET_STARTUP_HOOKS): the name is the runtime's choice.</summary>
internal static class StartupHook
{
    public static void Initialize() => RuntimeProbe.Install();
}
