using SdkChat.Bench;

return await BenchCommandLine.RunAsync(args);
