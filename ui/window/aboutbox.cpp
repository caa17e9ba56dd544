#include "ui/window/aboutbox.h"

#include "ui/icons.h"

#include <QCoreApplication>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Ui::MainWindow)
};

} // namespace

void showAbout(QWidget &window)
{
    auto *box = new QMessageBox(&window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(Text::tr("About Fairlead"));
    box->setIconPixmap(applicationIcon().pixmap(QSize(64, 64), window.devicePixelRatioF()));
    //: %1 is a version number.
    box->setText(u"<h3>%1</h3>"_s.arg(Text::tr("Fairlead %1").arg(QStringLiteral(FAIRLEAD_VERSION)).toHtmlEscaped()));
    box->setInformativeText(Text::tr("Guides TCP connections from this computer into Kubernetes and OKD pods. "
                                     "Free software under the Apache License 2.0."));
    box->open();
}

} // namespace Fairlead::Ui
