namespace SdkChat.Contract.Fuzzing;

/// <summary>How a value relates to what the document says.</summary>
internal enum ValueKind
{
    /// <summary>As the document says.</summary>
    Valid,

    /// <summary>At a limit, or one beside it.</summary>
    Boundary,

    /// <summary>What the schema excludes: it must be refused.</summary>
    Wrong,

    /// <summary>Text that readers of input have stumbled over; it may be allowed.</summary>
    Hostile,

    /// <summary>Longer than any limit.</summary>
    Huge,

    /// <summary>Not given.</summary>
    Missing,

    /// <summary>Given twice.</summary>
    Duplicate,
}
