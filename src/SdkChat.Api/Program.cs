using SdkChat.Api.CommandLine;

return await ServiceProgram.Create().RunAsync(args);
