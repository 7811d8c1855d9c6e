namespace SdkChat.Development.Pipelines;

/// <summary>The languages that the demo speaks.</summary>
internal enum DemoLanguage
{
    English,
    Korean,
    Japanese,
}
