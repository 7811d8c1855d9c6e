using SdkChat.Application.Live;

namespace SdkChat.Api.Live;

/// <summary>Carries a stream's frames to its reader, as fast as the reader takes them.</summary>
internal static class SseTransport
{
    /// <summary>Sends the first frame, and the headers with it.</summary>
    /// <returns>False when the stream was cut off: what has been written must not look like a proper end.</returns>
    public static async Task<bool> SendFirstAsync(ILiveStream stream, IStreamOutput output)
    {
        try
        {
            if (await stream.WaitAsync())
                await output.SendAsync(stream);
            return !stream.Aborted.IsCancellationRequested;
        }
        catch (Exception exception) when (IsCutOff(exception))
        {
            return Gone(stream);
        }
    }

    /// <summary>Sends all the others, to the stream's end.</summary>
    /// <returns>As <see cref="SendFirstAsync"/>.</returns>
    public static async Task<bool> SendAsync(ILiveStream stream, IStreamOutput output)
    {
        try
        {
            while (await stream.WaitAsync(output.Direct))
                await output.SendAsync(stream);
            return !stream.Aborted.IsCancellationRequested;
        }
        catch (Exception exception) when (IsCutOff(exception))
        {
            return Gone(stream);
        }
    }

    private static bool IsCutOff(Exception exception) => exception is OperationCanceledException or IOException or ObjectDisposedException;

    /// <summary>Aborted by the hub, whose reason stands; or the reader is gone, and sending was how we learned of it.</summary>
    private static bool Gone(ILiveStream stream)
    {
        stream.End(StreamEndReason.ClientGone);
        return false;
    }
}
