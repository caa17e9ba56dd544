#pragma once

#include "core/forward/forwardsnapshot.h"

#include <QPlainTextEdit>

namespace Fairlead::Ui {

/// The log of one forward: time, level in words, text; selectable and copyable. Stays at the end while the reader is
/// there, and where the reader scrolled to otherwise.
class LogView final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit LogView(QWidget *parent = nullptr);

    /// Replaces everything, oldest first.
    void setLines(const QList<Forward::LogLine> &lines);
    void append(const Forward::LogLine &line);

protected:
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void write(const Forward::LogLine &line);

    QList<Forward::LogLine> m_lines; ///< to colour them anew when the palette changes
};

} // namespace Fairlead::Ui
