namespace SdkChat.Development.Pipelines;

/// <summary>How a demo run ends.</summary>
internal enum DemoOutcome
{
    /// <summary>With a recommendation.</summary>
    Ordinary,

    /// <summary>The pipeline reports an error.</summary>
    Error,

    /// <summary>The run never ends: the service fails the chat at its time limit (<c>Pipeline:RunTimeoutSeconds</c>).</summary>
    Timeout,

    /// <summary>With three empty lists.</summary>
    Empty,

    /// <summary>With items whose structure no reader expects.</summary>
    Odd,

    /// <summary>With a result close to the largest that the service accepts.</summary>
    Large,
}
