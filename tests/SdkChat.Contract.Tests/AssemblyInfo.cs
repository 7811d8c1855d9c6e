// Nearly all of it waits: for pings, for runs, for streams that should end.
[assembly: Parallelizable(ParallelScope.All)]
[assembly: LevelOfParallelism(10)]
