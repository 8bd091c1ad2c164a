import ArgumentParser
@main struct Khop: AsyncParsableCommand { func run() async throws {} }
