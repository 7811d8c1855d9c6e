using FluentValidation;
using FluentValidation.Results;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Tests.Http;

public sealed class FailureTests
{
    [TestCase("Prompt", "prompt")]
    [TestCase("profile_id", "profile_id")]
    [TestCase("ChatId", "chat_id")]
    [TestCase("NotificationItems[12].ProductId", "notification_items[12].product_id")]
    [TestCase("", "body")]
    public void Invalid_Member_IsNamedAsTheCallerKnowsIt(string member, string name) =>
        Failure.Invalid([(member, "is wrong.")]).Errors!.Keys.Should().Equal(name);

    [Test]
    public void Of_ValidationException_GathersWhatIsWrongByMember()
    {
        var failure = Failure.From(new ValidationException(
            [
                new ValidationFailure("Size", "a"), new ValidationFailure("Size", "b"), new ValidationFailure("Size", "a"),
                new ValidationFailure("Page", "c"),
            ]));

        failure.Code.Should().Be(ErrorCode.ValidationFailed);
        failure.Errors.Should().BeEquivalentTo(new Dictionary<string, string[]> { ["size"] = ["a", "b"], ["page"] = ["c"] });
    }

    [Test]
    public void Of_WhateverElse_IsInternalAndSilent() =>
        Failure.From(new InvalidOperationException("inside")).Should().Be(new Failure(ErrorCode.Internal));
}
