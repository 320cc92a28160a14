"""What the best known methods of libraries compute, in a line, and whose they are; Captum, Zennit, SHAP and LXT."""

from collections.abc import Mapping

from ..loading.catalogue import CATALOGUE

SUMMARIES: Mapping[str, tuple[str, str]] = {
    "captum:Deconvolution": ("the derivative with ReLU on the way back alone", "Zeiler & Fergus 2014"),
    "captum:DeepLift": ("slopes from the baseline, layer by layer", "Shrikumar et al. 2017"),
    "captum:DeepLiftShap": ("DeepLIFT averaged over baselines", "Lundberg & Lee 2017"),
    "captum:FeatureAblation": ("what is lost without the variable", "Zeiler & Fergus 2014"),
    "captum:GradientShap": ("the derivative at random points on the way from the baseline", "Lundberg & Lee 2017"),
    "captum:GuidedBackprop": ("the derivative, positive at every ReLU", "Springenberg et al. 2015"),
    "captum:GuidedGradCam": ("guided backpropagation times a map of the last convolution", "Selvaraju et al. 2017"),
    "captum:InputXGradient": ("the derivative times the input", "Shrikumar et al. 2016"),
    "captum:IntegratedGradients": ("the gradient summed over 50 points from the baseline", "Sundararajan et al. 2017"),
    "captum:LRP": ("shares of the pre-activation, with an ε in the denominator", "Bach et al. 2015"),
    "captum:LRP:rule=GammaRule": ("LRP that favours positive weights", "Montavon et al. 2019"),
    "captum:LRP:rule=Alpha1_Beta0_Rule": ("LRP of the positive contributions alone", "Bach et al. 2015"),
    "captum:NoiseTunnel": ("the derivative averaged over noise", "Smilkov et al. 2017"),
    "captum:Occlusion": ("what is lost without a window of variables", "Zeiler & Fergus 2014"),
    "captum:Saliency": ("the derivative without its sign", "Simonyan et al. 2014"),
    "captum:ShapleyValueSampling": ("the mean gain over 25 orders", "Castro et al. 2009"),
    "zennit:Gradient": ("the derivative", "Simonyan et al. 2014"),
    "zennit:IntegratedGradients": ("the gradient summed over 20 points from the baseline", "Sundararajan et al. 2017"),
    "zennit:SmoothGrad": ("the derivative averaged over noise", "Smilkov et al. 2017"),
    "zennit:EpsilonPlus": ("LRP: z⁺ in convolutions, ε in dense layers", "Kohlbrenner et al. 2020"),
    "zennit:EpsilonPlusFlat": ("the same with equal shares in the first layer", "Kohlbrenner et al. 2020"),
    "zennit:EpsilonGammaBox": ("LRP: γ in convolutions, ε in dense layers, zᴮ first", "Montavon et al. 2019"),
    "zennit:EpsilonAlpha2Beta1": ("LRP: α2β1 in convolutions, ε in dense layers", "Kohlbrenner et al. 2020"),
    "zennit:EpsilonAlpha2Beta1Flat": ("the same with equal shares in the first layer", "Kohlbrenner et al. 2020"),
    "zennit:BetaSmooth": ("the derivative, with softplus for ReLU on the way back", "Dombrowski et al. 2019"),
    "zennit:DeconvNet": ("the derivative with ReLU on the way back alone", "Zeiler & Fergus 2014"),
    "zennit:ExcitationBackprop": ("shares of the positive contributions", "Zhang et al. 2016"),
    "zennit:GuidedBackprop": ("the derivative, positive at every ReLU", "Springenberg et al. 2015"),
    "shap:DeepExplainer": ("DeepLIFT averaged over a background", "Lundberg & Lee 2017"),
    "shap:GradientExplainer": ("expected gradients over a background", "Erion et al. 2021"),
    "shap:KernelExplainer": ("Shapley values by weighted regression on coalitions", "Lundberg & Lee 2017"),
    "shap:PermutationExplainer": ("the mean gain over orders and their reverses", "Lundberg & Lee 2017"),
    "shap:SamplingExplainer": ("the mean gain over random orders", "Štrumbelj & Kononenko 2014"),
    "lxt:efficient": ("AttnLRP by patched modules, gradient × input", "Achtibat et al. 2024"),
    "lxt:explicit": ("AttnLRP by rules for each module and function", "Achtibat et al. 2024"),
}


def summary_of(name: str) -> str:
    """Return what an explainer computes, with its source; nothing for one that is not known.

    >>> summary_of("captum:Saliency"), summary_of("mine.py:explain")
    ('the derivative without its sign (Simonyan et al. 2014)', '')
    """
    entry = CATALOGUE.get(name)
    known = SUMMARIES.get(name) if entry is None else (entry.summary, entry.cites)
    return "" if known is None else f"{known[0]} ({known[1]})"
