using System.Security.Authentication;
using Npgsql;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tests.Storage;

/// <summary>What is said of failures that no server of the tests can show. The others are in StartFailureTests and PoolerTests.</summary>
public sealed class ConnectionFailureTests
{
    private static readonly NpgsqlConnectionStringBuilder Target = new(
        "Host=db.example;Port=5433;Username=service;Password=secret;Database=shop;SSL Mode=VerifyFull");

    [TestCase(
        "28000", "no pg_hba.conf entry for host \"10.0.0.1\", user \"service\", database \"shop\", no encryption",
        "*db.example:5433 refuses role \"service\" (28000: no pg_hba.conf entry*SSL Mode*")]
    [TestCase(
        "42501", "permission denied for database \"shop\"",
        "*refuses role \"service\" (42501: permission denied for database \"shop\"): grant it connect on the database.")]
    [TestCase(
        "08P01", "no such database: shop",
        "The connection pooler at db.example:5433 refuses role \"service\" and database \"shop\" (08P01: no such database: shop)*")]
    [TestCase(
        "08P01", "unsupported startup parameter: search_path",
        "*refuses the start-up parameter \"search_path\" (08P01): add it to ignore_startup_parameters*")]
    public void Explain_RefusalForGood_SaysWhatToCorrect(string state, string text, string sentence)
    {
        var refusal = new PostgresException(text, "FATAL", "FATAL", state);

        ConnectionFailure.Explain(new NpgsqlException("No host is suitable", new AggregateException(refusal)), Target)
            .Should().Match(sentence).And.NotContain("secret");
    }

    [Test]
    public void Explain_CertificateThatIsNotTrusted_NamesTheSettings() =>
        ConnectionFailure.Explain(
            new NpgsqlException(
                "Exception while performing SSL handshake", new AuthenticationException("The remote certificate is invalid.")),
            Target)
            .Should().Match(
                "The TLS connection to PostgreSQL at db.example:5433 fails (The remote certificate is invalid): correct SSL Mode "
                + "or Root Certificate*");

    [TestCase("57P03", "the database system is starting up")]
    [TestCase("53300", "too many clients already")]
    [TestCase("08P01", "server conn crashed?")]
    public void Explain_FailureThatMayPass_IsNoneOfIts(string state, string text) =>
        ConnectionFailure.Explain(new PostgresException(text, "FATAL", "FATAL", state), Target).Should().BeNull();

    [Test]
    public void Server_TooOld_IsNamedWithWhatIsNeeded() =>
        ServerCheck.DescribeOldServer(new Version(14, 9)).Should().StartWith("The server is PostgreSQL 14.9: SdkChat needs 15 or newer.");

    [TestCase("15.0")]
    [TestCase("18.1")]
    public void Server_NewEnough_WillDo(string version) => ServerCheck.DescribeOldServer(Version.Parse(version)).Should().BeNull();
}
