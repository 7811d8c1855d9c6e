using SdkChat.Api.CommandLine;

return await SdkChatCommandLine.RunAsync(args);
