using SdkChat.Development.Commands;

return await DevelopmentProgram.Create().RunAsync(args);
