// swift-tools-version: 6.2

import PackageDescription

/// Continuous integration sets DRYDOCK_STRICT, so that a warning there is an error; a newer compiler's warnings never stop a user's build.
let settings: [SwiftSetting] =
  Context.environment["DRYDOCK_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

func library(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

func executable(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .executableTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let package = Package(
  name: "drydock",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "drydock", targets: ["drydock"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // The house, from the ground up: a module imports only modules above it. See Sources/README.md.
    library("SourceText"),
    library("DockerfileSyntax", ["SourceText"], exclude: ["README.md"]),
    library("ComposeSyntax", ["SourceText"], exclude: ["README.md"]),
    library("ProgramSource", ["SourceText"], exclude: ["README.md"]),
    library("Knowledge"),
    library("KnowledgeFormat", ["SourceText", "ComposeSyntax", "Knowledge"]),
    executable("KnowledgeCompiler", ["Knowledge", "KnowledgeFormat"]),
    .plugin(
      name: "KnowledgePlugin", capability: .buildTool(), dependencies: ["KnowledgeCompiler"],
      path: "Sources/KnowledgePlugin"),
    .target(
      name: "KnowledgeData", dependencies: ["Knowledge"],
      exclude: ["knowledge"],  // a symbolic link to ../../knowledge: so that the build system sees changes there
      swiftSettings: settings, plugins: ["KnowledgePlugin"]),
    library("Inspection", ["SourceText", "DockerfileSyntax", "ComposeSyntax", "ProgramSource", "Knowledge"]),
    library("Diagnosis", ["Knowledge", "Inspection"]),
    library("Fixes", ["SourceText", "DockerfileSyntax", "ProgramSource", "Knowledge", "Inspection", "Diagnosis"]),
    library("Scaffolding", ["SourceText", "ProgramSource", "Knowledge", "Inspection", "Diagnosis"]),
    library("Engine", ["Knowledge", "ProgramSource", "Inspection"]),
    library("Tutorial", ["Knowledge", "Inspection", "Diagnosis", "Fixes"]),
    library("KnowledgeProof", ["Knowledge", "KnowledgeFormat", "Inspection", "Diagnosis", "Fixes", "Tutorial"]),
    library("StyledText"),
    library(
      "Reports", ["StyledText", "SourceText", "Knowledge", "Inspection", "Diagnosis", "Fixes"], exclude: ["schema"]),
    library("Policy", ["SourceText", "ComposeSyntax", "Knowledge", "Reports"], exclude: ["schema"]),
    library("Proving", ["Knowledge", "Inspection", "Diagnosis", "Fixes", "Engine", "StyledText", "Reports"]),
    library("TerminalUI", ["StyledText"], exclude: ["README.md"]),
    library(
      "Session",
      [
        "SourceText", "Knowledge", "Inspection", "Diagnosis", "Fixes", "StyledText", "Reports", "Policy", "Tutorial",
        "TerminalUI",
      ]),
    .systemLibrary(name: "CNcurses"),
    .target(
      name: "CursesTerminal", dependencies: ["CNcurses", "StyledText", "TerminalUI"], swiftSettings: settings,
      linkerSettings: [
        .linkedLibrary("ncursesw", .when(platforms: [.linux])), .linkedLibrary("ncurses", .when(platforms: [.macOS])),
      ]),
    executable(
      "drydock",
      [
        "KnowledgeData", "KnowledgeFormat", "KnowledgeProof", "Inspection", "Diagnosis", "Fixes", "StyledText",
        "Scaffolding", "Reports", "Policy", "Tutorial", "Engine", "Proving", "TerminalUI", "Session", "CursesTerminal",
        argumentParser,
      ], exclude: ["drydock.1"]),

    // For developers; not part of the product.
    executable("conformance", ["DockerfileSyntax", "ComposeSyntax", argumentParser]),
    .target(name: "CHeap"),
    executable(
      "benchmark",
      [
        "CHeap", "DockerfileSyntax", "ComposeSyntax", "Knowledge", "Inspection", "Diagnosis", "KnowledgeData",
        "Session",
        "TerminalUI", argumentParser,
      ]),

    executable(
      "fuzz",
      [
        "SourceText", "DockerfileSyntax", "ComposeSyntax", "ProgramSource", "Knowledge", "KnowledgeFormat",
        "KnowledgeData", "Inspection", "Diagnosis", "Fixes", "Reports", "Policy", "Tutorial", argumentParser,
      ]),

    tests("SourceTextTests", ["SourceText"]),
    tests("KnowledgeTests", ["Knowledge", "KnowledgeData", "KnowledgeFormat", "KnowledgeProof", "Inspection"]),
    tests("DockerfileSyntaxTests", ["DockerfileSyntax", "SourceText"], exclude: ["Fixtures"]),
    tests("InspectionTests", ["Inspection", "Knowledge", "KnowledgeData"]),
    tests(
      "DiagnosisTests", ["Diagnosis", "Inspection", "Knowledge", "KnowledgeData", "KnowledgeFormat", "SourceText"]),
    tests(
      "TutorialTests", ["Tutorial", "Knowledge", "KnowledgeData", "KnowledgeFormat", "KnowledgeProof", "Inspection"]),
    tests("CommandTests", ["drydock"]),
    tests("ScaffoldingTests", ["Scaffolding", "Inspection", "Knowledge", "KnowledgeData"]),
    tests("EngineTests", ["Engine", "Diagnosis", "Inspection", "Knowledge", "KnowledgeData"]),
    tests("ProvingTests", ["Proving", "Inspection", "KnowledgeData", "drydock"], exclude: ["Projects"]),
    tests("FixesTests", ["Fixes", "Inspection", "Knowledge", "SourceText"]),
    tests(
      "SessionTests",
      ["Session", "KnowledgeData", "Inspection", "Diagnosis", "Fixes", "StyledText", "TerminalUI", "Tutorial"],
      exclude: ["Snapshots"]),
    tests("ReportsTests", ["Reports", "Knowledge", "SourceText", "StyledText"], exclude: ["Snapshots"]),
    tests("PolicyTests", ["Policy", "Knowledge", "Reports", "SourceText"]),
    tests("ProgramSourceTests", ["ProgramSource", "SourceText"]),
    tests("ComposeSyntaxTests", ["ComposeSyntax", "SourceText", "conformance", yams]),
    .target(
      name: "TerminalSample", dependencies: ["StyledText", "TerminalUI"], path: "Tests/TerminalSample",
      swiftSettings: settings),
    tests("TerminalUITests", ["StyledText", "TerminalUI", "TerminalSample"], exclude: ["Snapshots"]),
    .executableTarget(
      name: "terminal-demo", dependencies: ["CursesTerminal", "StyledText", "TerminalSample"],
      path: "Tests/TerminalDemo",
      swiftSettings: settings),
    tests("TerminalTests", ["CursesTerminal", "terminal-demo", "drydock"]),
  ],
  swiftLanguageModes: [.v6]
)
