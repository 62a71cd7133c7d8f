import Diagnosis
import Fixes
import Inspection
import Knowledge
import SourceText
import StyledText

/// What `drydock fix` prints: each fix with its patch, then what was left as it is, and why.
public enum FixText {
  /// - Parameter secrets: what stars stand for; nil to show everything as it is.
  public static func text(_ batch: FixBatch, language: Language, style: TextStyle, isApplied: Bool, secrets: Secrets?)
    -> String
  {
    var lines: [Line] = []
    for made in batch.made {
      let title = "\(made.fix.title[language]) (\(made.diagnosis.cause.id))"
      lines += WordWrap.wrap(
        Line(style.glyphs.yes + " ", .good) + Prose.styled(title, .title), width: style.columns, indent: 2)
      if let note = made.fix.note {
        lines += Prose.lines(note[language], width: style.columns - 2).map { Line("  ") + $0 }
      }
    }
    if !batch.changes.isEmpty {
      lines += [Line()] + batch.changes.flatMap { DiffLines.of(diff($0, secrets)) } + [Line()]
    }
    let commands = batch.made.flatMap(\.fix.commands)
    if !commands.isEmpty {
      lines.append(Line(Phrase.thenRun.title(language)))
      for command in commands.uniqued { lines.append(Line("  " + command, .code)) }
      lines.append(Line())
    }
    for skipped in batch.skipped { lines += left(skipped, language, style) }
    lines.append(Line(closing(batch, isApplied).text(language), .dim))
    return style.text(lines)
  }

  /// One fix with its patch, for somebody who is asked whether to make it.
  public static func offer(
    _ fix: Fix, for diagnosis: Diagnosis, language: Language, style: TextStyle, secrets: Secrets?
  ) -> String {
    let title = diagnosis.text(diagnosis.cause.title, language)
    var lines = WordWrap.wrap(Line("\(title) (\(diagnosis.cause.id))", .title), width: style.columns)
    lines += WordWrap.wrap(
      Prose.styled(Phrase.fix.lead(language) + fix.title[language]), width: style.columns, indent: 2)
    if let note = fix.note { lines += Prose.lines(note[language], width: style.columns - 2).map { Line("  ") + $0 } }
    return style.text(lines + [Line()] + fix.changes.flatMap { DiffLines.of(diff($0, secrets)) } + [Line()])
  }

  /// The question below an offer, without a line break.
  public static func question(_ language: Language) -> String { Phrase.makeThis.text(language) + " " }

  private static func diff(_ change: Fix.Change, _ secrets: Secrets?) -> UnifiedDiff {
    guard let secrets else { return change.diff }
    return UnifiedDiff(
      path: change.path, old: change.old.map { secrets.masked($0, path: change.path) },
      new: secrets.masked(change.new, path: change.path))
  }

  private static func closing(_ batch: FixBatch, _ isApplied: Bool) -> Phrase {
    batch.changes.isEmpty ? .nothingToWrite : isApplied ? .written : .notWritten
  }

  private static func left(_ skipped: FixBatch.Skipped, _ language: Language, _ style: TextStyle) -> [Line] {
    let reason: Phrase =
      switch skipped.reason {
      case .notProven: .leftNotProven
      case .unsafe: .leftUnsafe
      case .manual: .leftManual
      case .none: .leftNone
      case .declined: .leftDeclined
      }
    let title = "\(skipped.diagnosis.text(skipped.diagnosis.cause.title, language)) (\(skipped.diagnosis.cause.id)): "
    var lines = WordWrap.wrap(
      Line(style.glyphs.warning + " ", .warning) + Line(title) + Line(reason.text(language), .dim),
      width: style.columns, indent: 2)
    if let fix = skipped.fix {
      lines += WordWrap.wrap(
        Prose.styled("  " + Phrase.fix.lead(language) + fix.title[language]), width: style.columns, indent: 4)
      if !fix.changes.isEmpty {
        lines.append(
          Line("  drydock fix --cause \(skipped.diagnosis.cause.id) --fix \(fix.template.id) --apply", .code))
      }
      for command in fix.commands where fix.changes.isEmpty { lines.append(Line("  " + command, .code)) }
    }
    return lines + [Line()]
  }
}

/// A patch as lines with roles.
package enum DiffLines {
  package static func of(_ diff: UnifiedDiff) -> [Line] {
    // By bytes: a carriage return and the line feed behind it are one Character.
    diff.text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast().map { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      return Line(text.hasSuffix("\r") ? text.dropLast() + "^M" : text, role(text[...]))
    }
  }

  private static func role(_ text: Substring) -> Role {
    if text.hasPrefix("+++") || text.hasPrefix("---") { return .title }
    if text.hasPrefix("@@") { return .accent }
    return text.hasPrefix("+") ? .add : text.hasPrefix("-") ? .remove : .text
  }
}

extension [String] {
  /// Each text once, in the order of its first appearance.
  fileprivate var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
