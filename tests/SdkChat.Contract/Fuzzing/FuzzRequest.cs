using SdkChat.Contract.Calls;

namespace SdkChat.Contract.Fuzzing;

/// <summary>A generated request.</summary>
/// <param name="Number">Which of the run it is: seed and number give the same choices again.</param>
/// <param name="MustBeRefused">Whether the document excludes one of its values.</param>
/// <param name="IsPlain">Whether it is an example of the document without optional parameters, which is never a bad request.</param>
internal sealed record FuzzRequest(int Number, ApiOperation Operation, Call Call, bool MustBeRefused = false, bool IsPlain = false);
