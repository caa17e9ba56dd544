#include "ui/widgets/copyline.h"

#include "ui/icons.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

CopyLine::CopyLine(const QString &what, QWidget *parent)
    : QWidget(parent)
    , m_line(new QLineEdit(this))
    , m_copy(new QToolButton(this))
{
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF());
    m_line->setFont(fixed);
    m_line->setReadOnly(true);
    m_line->setFrame(false);
    m_line->setAccessibleName(what);
    m_line->setToolTip(what);
    // It is text on the window, not a field to fill in.
    QPalette plain;
    plain.setColor(QPalette::Base, Qt::transparent);
    m_line->setPalette(plain);
    m_copy->setIcon(icon(u"copy"_s, Tone::Muted));
    m_copy->setAutoRaise(true);
    m_copy->setToolTip(tr("Copy the command"));
    m_copy->setAccessibleName(m_copy->toolTip());
    connect(m_copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_line->text()); });
    setFocusProxy(m_line);

    auto *line = new QHBoxLayout(this);
    line->setContentsMargins({});
    line->setSpacing(2);
    line->addWidget(m_line, 1);
    line->addWidget(m_copy);
}

void CopyLine::setText(const QString &command)
{
    m_copy->setVisible(!command.isEmpty());
    if (command == m_line->text())
        return;
    m_line->setText(command);
    m_line->setCursorPosition(0);
}

QString CopyLine::text() const
{
    return m_line->text();
}

} // namespace Fairlead::Ui
