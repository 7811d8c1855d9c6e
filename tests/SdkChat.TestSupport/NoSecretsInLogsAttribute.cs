using NUnit.Framework.Interfaces;

namespace SdkChat.TestSupport;

/// <summary>
/// Goes through what was logged, by all hosts of the whole run, after each test: a credential, a password or a prompt in it fails
/// that test, or one that ran beside it.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class NoSecretsInLogsAttribute : Attribute, ITestAction
{
    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test)
    {
    }

    public void AfterTest(ITest test) => LoggedSecrets.FindNew().Should().BeEmpty("logs are read by people who may not know secrets");
}
