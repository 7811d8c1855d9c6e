namespace SdkChat.Development.Pipelines;

/// <summary>The languages of the demo.</summary>
internal enum DemoLanguage
{
    English,
    Korean,
    Japanese,
}
