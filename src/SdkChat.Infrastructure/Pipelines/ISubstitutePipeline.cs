using SdkChat.Application.Pipelines;

namespace SdkChat.Infrastructure.Pipelines;

/// <summary>
/// A pipeline that is used if no base URL is configured, outside Production. The development program registers one; the published service
/// has none.
/// </summary>
public interface ISubstitutePipeline : IPipeline;
