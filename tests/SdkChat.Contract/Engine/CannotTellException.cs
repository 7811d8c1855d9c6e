namespace SdkChat.Contract.Engine;

/// <summary>Whether the service keeps the rule cannot be seen with what there is.</summary>
/// <param name="reason">What is missing, in a few words.</param>
internal sealed class CannotTellException(string reason) : Exception(reason);
