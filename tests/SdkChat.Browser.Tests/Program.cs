using SdkChat.Browser.Tests.Screenshots;

return await Album.MakeAsync(args);
