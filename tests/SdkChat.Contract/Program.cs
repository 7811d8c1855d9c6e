return args is ["mutants", .. var rest]
    ? await SdkChat.Contract.Mutants.MutantsCommand.RunAsync(rest)
    : await SdkChat.Contract.ContractCommand.RunAsync(args);
