#include "ui/picker/commandline.h"

#include "ui/icons.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QStandardPaths>
#include <QToolButton>

namespace Fairlead::Ui {

using namespace Qt::StringLiterals;

QString preferredProgram()
{
    const bool onlyKubectl =
        QStandardPaths::findExecutable(u"oc"_s).isEmpty() && !QStandardPaths::findExecutable(u"kubectl"_s).isEmpty();
    return onlyKubectl ? u"kubectl"_s : u"oc"_s;
}

CommandLine::CommandLine(QWidget *parent)
    : QWidget(parent)
    , m_line(new QLineEdit(this))
    , m_copy(new QToolButton(this))
    , m_program(preferredProgram())
{
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF());
    m_line->setObjectName(u"command"_s);
    m_line->setFont(fixed);
    m_line->setReadOnly(true);
    m_line->setFrame(false);
    m_line->setAccessibleName(tr("The same on the command line"));
    m_line->setToolTip(m_line->accessibleName());
    // It is text on the window, not a field to fill in.
    QPalette plain;
    plain.setColor(QPalette::Base, Qt::transparent);
    m_line->setPalette(plain);
    m_copy->setIcon(icon(u"copy"_s, Tone::Muted));
    m_copy->setAutoRaise(true);
    m_copy->setToolTip(tr("Copy the command"));
    m_copy->setAccessibleName(m_copy->toolTip());
    connect(m_copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_line->text()); });

    auto *line = new QHBoxLayout(this);
    line->setContentsMargins({});
    line->setSpacing(2);
    line->addWidget(m_line, 1);
    line->addWidget(m_copy);
}

void CommandLine::show(const std::optional<Forward::ForwardSpec> &spec)
{
    const QString command = spec ? Forward::commandLine(*spec, m_program) : QString();
    m_copy->setVisible(spec.has_value());
    if (command == m_line->text())
        return;
    m_line->setText(command);
    m_line->setCursorPosition(0);
}

} // namespace Fairlead::Ui
