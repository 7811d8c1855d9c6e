using System.Net.Sockets;
using Npgsql;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tests.Storage;

public sealed class DatabaseFailureTests
{
    [TestCase("57P01", true, nameof(FailureCause.Connection))]
    [TestCase("57P02", true, nameof(FailureCause.Connection))]
    [TestCase("57P03", true, nameof(FailureCause.Connection))]
    [TestCase("57P05", true, nameof(FailureCause.Connection))]
    [TestCase("25P03", true, nameof(FailureCause.Connection))]
    [TestCase("08006", true, nameof(FailureCause.Connection))]
    [TestCase("08P01", true, nameof(FailureCause.Connection))]
    [TestCase("28P01", false, nameof(FailureCause.Refused))]
    [TestCase("28000", false, nameof(FailureCause.Refused))]
    [TestCase("55000", false, nameof(FailureCause.Refused))]
    [TestCase("3D000", false, nameof(FailureCause.Refused))]
    [TestCase("XX000", false, nameof(FailureCause.Refused))]
    [TestCase("42501", false, nameof(FailureCause.Refused))]
    [TestCase("53300", false, nameof(FailureCause.Resources))]
    [TestCase("53100", false, nameof(FailureCause.DiskFull))]
    [TestCase("58030", false, nameof(FailureCause.IoError))]
    public void Fatal_WhateverItsCode_IsAnOutage(string state, bool isLost, string cause)
    {
        foreach (var severity in new[] { "FATAL", "PANIC" })
        {
            var exception = new PostgresException("over", severity, severity, state);

            DatabaseFailure.IsOutage(exception).Should().BeTrue();
            DatabaseFailure.IsConnectionLost(exception).Should().Be(isLost);
            DatabaseFailure.CauseOf(exception).ToString().Should().Be(cause);
        }
    }

    [TestCase("53100", nameof(FailureCause.DiskFull))]
    [TestCase("53200", nameof(FailureCause.Resources))]
    [TestCase("58030", nameof(FailureCause.IoError))]
    [TestCase("XX001", nameof(FailureCause.Refused))]
    [TestCase("25006", nameof(FailureCause.ReadOnly))]
    [TestCase("57014", nameof(FailureCause.Timeout))]
    [TestCase("40P01", nameof(FailureCause.Conflict))]
    [TestCase("40001", nameof(FailureCause.Conflict))]
    [TestCase("55P03", nameof(FailureCause.Conflict))]
    public void Error_OfTheServersState_IsAnOutageOnAConnectionThatGoesOn(string state, string cause)
    {
        var exception = new PostgresException("not now", "ERROR", "ERROR", state);

        DatabaseFailure.IsOutage(exception).Should().BeTrue();
        DatabaseFailure.IsConnectionLost(exception).Should().BeFalse();
        DatabaseFailure.CauseOf(exception).ToString().Should().Be(cause);
    }

    [TestCase("23503")]
    [TestCase("42601")]
    [TestCase("22003")]
    [TestCase("55000")]
    public void Error_OfAStatement_IsNone(string state) =>
        DatabaseFailure.IsOutage(new PostgresException("wrong", "ERROR", "ERROR", state)).Should().BeFalse();

    /// <summary>Repeating what is slow makes a busy server busier.</summary>
    [Test]
    public void Statement_ThatTakesTooLong_IsNotRepeated()
    {
        var slow = new NpgsqlException("Exception while reading from stream", new TimeoutException());
        DatabaseFailure.IsOutage(slow).Should().BeTrue();
        DatabaseFailure.IsConnectionLost(slow).Should().BeFalse();
        DatabaseFailure.CauseOf(slow).Should().Be(FailureCause.Timeout);
    }

    [Test]
    public void Connection_ThatBroke_IsLost()
    {
        foreach (var inner in new Exception[]
        {
            new EndOfStreamException(), new IOException("Broken pipe", new SocketException(32)), new SocketException(110),
        })
        {
            var broken = new NpgsqlException("Exception while reading from stream", inner);
            DatabaseFailure.IsOutage(broken).Should().BeTrue();
            DatabaseFailure.IsConnectionLost(broken).Should().BeTrue();
            DatabaseFailure.CauseOf(broken).Should().Be(FailureCause.Connection);
        }
    }

    [Test]
    public void Description_IsOneLine()
    {
        DatabaseFailure.Describe(new PostgresException("no\nspace", "ERROR", "ERROR", "53100", detail: "row 1"))
            .Should().Be("53100: no space");
        DatabaseFailure.Describe(new NpgsqlException("Failed", new SocketException(111)))
            .Should().StartWith("Failed (").And.NotContain("\n");
    }
}
