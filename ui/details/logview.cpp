#include "ui/details/logview.h"

#include "ui/format.h"
#include "ui/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QEvent>
#include <QFontDatabase>
#include <QMenu>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Forward::LogLine;

namespace {

constexpr int LineLimit = 1'000; ///< the manager keeps as many

Tone toneFor(LogLine::Level level)
{
    switch (level) {
    case LogLine::Level::Info:
        return Tone::Text;
    case LogLine::Level::Warning:
        return Tone::Warning;
    case LogLine::Level::Error:
        return Tone::Bad;
    }
    return Tone::Text;
}

QString levelWord(LogLine::Level level)
{
    switch (level) {
    case LogLine::Level::Info:
        return {};
    case LogLine::Level::Warning:
        return LogView::tr("Warning");
    case LogLine::Level::Error:
        return LogView::tr("Error");
    }
    return {};
}

QTextCharFormat colored(const QColor &color)
{
    QTextCharFormat format;
    format.setForeground(color);
    return format;
}

} // namespace

LogView::LogView(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setObjectName(u"log"_s);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setUndoRedoEnabled(false);
    setMaximumBlockCount(LineLimit);
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setAccessibleName(tr("Log of the forward"));
    setPlaceholderText(tr("Nothing has been logged yet."));
    document()->setDocumentMargin(8);
}

void LogView::setLines(const QList<LogLine> &lines)
{
    m_lines.clear();
    clear();
    for (const LogLine &line : lines)
        append(line);
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void LogView::append(const LogLine &line)
{
    m_lines.append(line);
    if (m_lines.size() > LineLimit)
        m_lines.removeFirst();
    const QScrollBar *bar = verticalScrollBar();
    const bool atEnd = bar->value() == bar->maximum();
    write(line);
    if (atEnd)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void LogView::write(const LogLine &line)
{
    // A cursor of its own: the reader's selection is left alone.
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    if (!document()->isEmpty())
        cursor.insertBlock();
    cursor.insertText(formatTime(line.time) + u"   "_s, colored(toneColor(Tone::Muted, palette())));
    const QColor color = toneColor(toneFor(line.level), palette());
    const QString word = levelWord(line.level);
    if (!word.isEmpty()) {
        QTextCharFormat bold = colored(color);
        bold.setFontWeight(QFont::DemiBold);
        cursor.insertText(word + u"   "_s, bold);
    }
    cursor.insertText(line.text, colored(palette().color(QPalette::Text)));
}

void LogView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_lines.isEmpty())
        setLines(QList<LogLine>(m_lines));
}

void LogView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = createStandardContextMenu(event->pos());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Copy the whole log")), &QAction::triggered, this,
            [this] { QGuiApplication::clipboard()->setText(toPlainText() + '\n'_L1); });
    menu->popup(event->globalPos());
}

} // namespace Fairlead::Ui
