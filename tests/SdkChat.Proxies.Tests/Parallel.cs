// The streams of two minutes wait more than they work: the other fixtures run beside them.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(4)]
