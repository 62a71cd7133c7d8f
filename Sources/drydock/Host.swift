import Fixes
import Inspection
import Policy
import StyledText

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The process and the machine it runs on: variables, terminal, output.
enum Host {
  static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  static func set(_ name: String, _ value: String) { setenv(name, value, 1) }

  /// All variables of the process.
  static var environment: [String: String] {
    var variables: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if let sign = text.firstIndex(of: "=") {
        variables[String(text[..<sign])] = String(text[text.index(after: sign)...])
      }
      next = next.advanced(by: 1)
    }
    return variables
  }

  /// The locale of messages: the first of LC_ALL, LC_MESSAGES and LANG that is not empty.
  static var locale: String {
    ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(variable).first { !$0.isEmpty } ?? ""
  }

  /// Where drydock remembers things between two runs; nil when there is no home.
  static var stateFolder: String? { StateFolder.path(environment) }

  static var undoStore: UndoStore? { stateFolder.map { UndoStore(folder: $0 + "/undo") } }

  /// A path as people write it: `~` for their home.
  static func short(_ path: String) -> String {
    guard let home = variable("HOME"), home.count > 1, let below = Path.relative(path, to: home) else { return path }
    return below == "." ? "~" : "~/" + below
  }

  /// The name of this machine; empty when it has none.
  static var name: String {
    var names = utsname()
    guard uname(&names) == 0 else { return "" }
    return withUnsafeBytes(of: &names.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  /// The descriptor of standard error.
  static let errors = STDERR_FILENO

  static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }
  static var writesToTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  static var errorsGoToTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// The absolute path of the current folder; `/` when it is gone.
  static var workingFolder: String {
    guard let name = getcwd(nil, 0) else { return "/" }
    defer { free(name) }
    return String(cString: name)
  }

  /// The day in UTC, from SOURCE_DATE_EPOCH where it is set: https://reproducible-builds.org/specs/source-date-epoch/
  static var today: String {
    Day.text(secondsSince1970: variable("SOURCE_DATE_EPOCH").flatMap { Int($0) } ?? time(nil))
  }

  /// Shows in one line of the terminal how far it has come; an empty text clears the line.
  static func progress(_ text: String) { write("\r\u{1B}[K" + Line(text).text.prefix(70), to: STDERR_FILENO) }

  /// The columns of the terminal; 80 where there is none.
  static var columns: Int {
    var size = winsize()
    return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  static func readStandardInput(limit: Int?) throws(FileProblem) -> [UInt8] {
    try DiskTree.drain(STDIN_FILENO, limit: limit)
  }

  static func readStandardInput(each body: (ArraySlice<UInt8>) -> Void) throws(FileProblem) {
    try DiskTree.drain(STDIN_FILENO, each: body)
  }

  /// Writes all of a text; false when nobody reads it any more, or the disk is full.
  @discardableResult
  static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      bytes = bytes.dropFirst(count)
    }
    return true
  }

  /// Writes a text to a file, which is made or emptied first; false when that cannot be done.
  static func save(_ text: String, to path: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return write(text, to: descriptor)
  }

  /// A message may quote names of files and texts of strangers, which a terminal must not obey.
  static func complain(_ message: String) {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map { Line(String($0)).text }
    write("drydock: \(lines.joined(separator: "\n"))\n", to: STDERR_FILENO)
  }
}
