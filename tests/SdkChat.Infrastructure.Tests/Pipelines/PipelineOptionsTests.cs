using Microsoft.Extensions.Hosting;
using SdkChat.Infrastructure.Pipelines;

namespace SdkChat.Infrastructure.Tests.Pipelines;

public sealed class PipelineOptionsTests
{
    [TestCase(null, "Development")]
    [TestCase("", "Staging")]
    [TestCase("http://localhost:9000/v2/", "Production")]
    [TestCase("https://pipeline.example.com", "Production")]
    public void Validate_GoodBaseUrl_IsFine(string? url, string environment) =>
        Failures(new PipelineOptions { BaseUrl = url }, environment).Should().BeEmpty();

    [TestCase(null, "Production")]
    [TestCase(" ", "Production")]
    [TestCase("pipeline.example.com", "Development")]
    [TestCase("/runs", "Development")]
    [TestCase("ftp://pipeline.example.com", "Development")]
    [TestCase("https://pipeline.example.com/?key=1", "Development")]
    public void Validate_BadBaseUrl_IsNamed(string? url, string environment) =>
        Failures(new PipelineOptions { BaseUrl = url }, environment)
            .Should().ContainSingle().Which.Should().StartWith("Pipeline:BaseUrl must be");

    [TestCase("Development")]
    [TestCase("Staging")]
    [TestCase("Production")]
    public void Validate_NoBaseUrlAndNoSubstitute_IsNamed(string environment) =>
        new PipelineOptionsValidator(Environment(environment)).Validate(null, new PipelineOptions()).Failures
            .Should().ContainSingle().Which.Should().StartWith("Pipeline:BaseUrl must be set");

    [Test]
    public void Validate_CallShorterThanAnAttempt_IsNamed() =>
        Failures(new PipelineOptions { AttemptTimeoutSeconds = 5, CallTimeoutSeconds = 4 }, "Development")
            .Should().ContainSingle().Which.Should().StartWith("Pipeline:CallTimeoutSeconds");

    private static IEnumerable<string> Failures(PipelineOptions options, string environment) =>
        new PipelineOptionsValidator(Environment(environment), Mock.Of<ISubstitutePipeline>()).Validate(null, options).Failures ?? [];

    private static IHostEnvironment Environment(string name) => Mock.Of<IHostEnvironment>(host => host.EnvironmentName == name);
}
