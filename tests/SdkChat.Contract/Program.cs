return await SdkChat.Contract.ContractCommand.RunAsync(args);
