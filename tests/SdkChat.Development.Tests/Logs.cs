using SdkChat.TestSupport;

[assembly: NoSecretsInLogs]
